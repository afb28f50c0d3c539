"""Which column of a file of members means what, by its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.services.file_columns import FileColumns, columns_of


class MemberField(StrEnum):
    """What a column may hold."""

    PHONE = "phone"
    NAME = "name"
    BIRTHDAY = "birthday"
    TIER = "tier"
    POINTS = "points"
    POINTS_UNTIL = "points_until"
    CARD = "card"
    TAGS = "tags"
    CONSENT = "consent"
    MARKETING = "marketing_consent"
    SOURCE = "source"
    JOINED = "joined"
    NOTE = "note"


# Headers of the files that member systems of China, Taiwan and elsewhere export.
_HEADERS: Mapping[MemberField, str] = {
    MemberField.PHONE: "phone mobile tel telephone phonenumber mobilenumber cellphone "
    "手机 手機 手机号 手機號 手机号码 手機號碼 电话 電話 电话号码 電話號碼 联系电话 "
    "聯絡電話 会员手机 會員手機 会员手机号 會員手機號碼 行動電話 联系方式",
    MemberField.NAME: "name membername fullname customername 姓名 会员姓名 會員姓名 "
    "会员名称 會員名稱 名字 客户姓名 顧客姓名 称呼 昵称 暱稱 会员名",
    MemberField.BIRTHDAY: "birthday birthdate dateofbirth dob 生日 出生日期 会员生日 "
    "會員生日 出生年月日",
    MemberField.TIER: "tier level grade membertier 等级 等級 会员等级 會員等級 级别 "
    "級別 会员级别 會員級別 卡类型 卡類型 会员类型 會員類型",
    MemberField.POINTS: "points pointbalance balancepoints 积分 積分 点数 點數 可用积分 "
    "可用點數 积分余额 積分餘額 点数余额 會員點數 会员积分 剩余积分 当前积分 紅利點數",
    MemberField.POINTS_UNTIL: "pointsuntil pointsexpire pointsexpiry pointsexpireon "
    "积分有效期 積分有效期 积分到期日 點數到期日 点数到期日 積分到期日 點數有效期限",
    MemberField.CARD: "card cardno cardnumber membercard memberno memberid "
    "卡号 卡號 会员卡号 會員卡號 会员号 會員號 会员编号 會員編號 会员卡 實體卡號",
    MemberField.TAGS: "tags tag labels 标签 標籤 会员标签 會員標籤 分组 分組",
    MemberField.CONSENT: "consent membershipconsent agreed 同意 入会同意 入會同意 "
    "隐私同意 個資同意 会员协议 會員條款 是否同意",
    MemberField.MARKETING: "marketing marketingconsent optin newsletter 营销同意 "
    "行銷同意 接受营销 接受行銷 接收短信 短信营销 願意收到優惠",
    MemberField.SOURCE: "source channel 来源 來源 渠道 通路 会员来源 會員來源 注册渠道 "
    "註冊來源",
    MemberField.JOINED: "joined joinedon enrolled enrolledon membersince registered "
    "入会日期 入會日期 注册日期 註冊日期 开卡日期 開卡日期 注册时间 建档日期",
    MemberField.NOTE: "note notes remark remarks comment 备注 備註",
}
_FIELD_OF = {
    header: member_field
    for member_field, text in _HEADERS.items()
    for header in text.split()
}


#: Where the fields of a member stand.
MemberColumns = FileColumns[MemberField]


def guess_member_columns(headers: Sequence[str]) -> MemberColumns:
    """Tell what the headers say by themselves; perhaps nothing."""
    return columns_of(MemberField, _FIELD_OF, headers)


def find_member_columns(
    headers: Sequence[str],
    mapping: Mapping[str, str] | None = None,
    *,
    is_whole: bool = False,
) -> MemberColumns:
    """Tell which column is which; see `columns_of`.

    Raises:
        UserError: "import_mapping_field", "import_mapping_column", or
            "member_import_columns" (a phone number or a card is needed).
    """
    found = columns_of(MemberField, _FIELD_OF, headers, mapping, is_whole=is_whole)
    if not {MemberField.PHONE, MemberField.CARD} & found.positions.keys():
        raise UserError("member_import_columns", headers="; ".join(headers)[:200])
    return found
