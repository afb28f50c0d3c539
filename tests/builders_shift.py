"""Believable states of the shift screen: the counts of the design's pictures."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.denomination import denominations
from tests.builders_screen import FRAME
from ui.format import amount, money
from ui.presenters.count_sheet import CountSheet
from ui.presenters.count_view import coin_card, entry_hint, note_card, pieces_note
from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import (
    CheckCardView,
    CheckView,
    CountView,
    HeadView,
    KeyView,
    ListView,
    MenuKey,
    MenuView,
    MoveView,
    OutcomeView,
    PadView,
    PaperView,
    RowView,
    ShiftPage,
    ShiftState,
)

YUAN = (10, 50, 100, 500, 1000, 2000, 5000, 10000)
KINDS = denominations("CNY", YUAN)
#: 14 × 100, 9 × 50, 11 × 20, 12 × 10, 6 × 5, 10 × 1; coins: 32 × 1, 17 × 5 角, 11 × 1 角.
CLOSING = CountSheet(KINDS, (14, 9, 11, 12, 6, 10, 32, 17, 11), 3, False, True)
STEPS = ("点现金", "核对其他收款", "提交")
HEAD = HeadView("交班", "班次 #3 · 陈晓雨 · 08:00 起", STEPS)
CHECKS = CheckCardView(
    title="交班前",
    note="不处理也能交班",
    checks=(
        CheckView(
            "parked",
            "挂单 3 张，¥355.90",
            "pause-circle-fill",
            Tone.PLAIN,
            action="转下一班",
        ),
        CheckView("prints", "小票都已打印"),
        CheckView("tenders", "微信、支付宝、银行卡", "credit-card", note="下一步列出"),
    ),
    blind_title="盲点：现在不显示系统应有金额",
    blind_text="提交后才看到差异。有差异也能交班，只需重点有差异的那一项",
)
OPENING_CHECKS = CheckCardView(
    title="开班自检",
    checks=(
        CheckView("printer", "小票打印机", note="正常"),
        CheckView("backup", "备份", note="今天 07:42"),
        CheckView("clock", "时钟", note="14:32"),
    ),
    lead="上一班留下的备用金",
    lead_amount="¥500.00",
    lead_note="与现在点的一致",
)


def count_state(sheet: CountSheet = CLOSING, currency: str = "CNY") -> ShiftState:
    """Return a closing count in the middle."""
    return ShiftState(
        frame=replace(FRAME, till_label="02 号机 · 班次 #3"),
        currency=currency,
        head=HEAD,
        page=ShiftPage.COUNT,
        count=CountView(
            notes=note_card(sheet, currency),
            coins=coin_card(sheet, currency),
            checks=CHECKS,
            hint="点面额，再用右边键盘输张数，按 ↵ 跳到下一个",
        ),
        pad=PadView(
            label="已点现金",
            amount=amount(sheet.total_minor, currency),
            note=pieces_note(sheet),
            saved="含备用金 ¥500.00",
            entry_hint=entry_hint(sheet, currency),
            entry_text=sheet.typed,
            first=KeyView("开钱箱", "cash-register", needs_approval=True),
            second=KeyView("重新点", "arrow-counter-clockwise"),
            main="下一步",
            main_detail="核对其他收款方式",
        ),
    )


def opening_state() -> ShiftState:
    """Return the count of a float."""
    state = count_state()
    assert state.count is not None
    head = HeadView("开班", "陈晓雨", ("点备用金", "确认", "开始收银"))
    view = replace(state.count, checks=OPENING_CHECKS)
    pad = replace(state.pad, label="备用金", saved="与上班一致", main="开始收银")
    return replace(state, head=head, count=view, pad=pad)


def outcome_state() -> ShiftState:
    """Return the page after a count that was short."""
    return replace(
        count_state(),
        count=None,
        head=replace(HEAD, step=1),
        page=ShiftPage.OUTCOME,
        outcome=OutcomeView(
            verdict="与系统差 \u2212¥45.00",
            verdict_tone=Tone.WARN,
            hint="可能是 50 点成 5",
            facts=(
                ("已点现金", "¥2,271.60"),
                ("系统应有", "¥2,316.60"),
                ("差额", "\u2212¥45.00"),
            ),
            can_recount=True,
            recount="重点现金",
            money=(("留作备用金", "¥500.00"), ("放进保险柜", "¥1,771.60")),
            others=(("微信", "¥820.00"), ("支付宝", "¥411.50"), ("银行卡", "¥99.00")),
            titles=("现金", "其他收款"),
            note="这些是手工记的账，没有东西要点",
            bag="",
            bag_hint="封袋号（可不填）",
            is_bag_active=False,
        ),
        pad=PadView(
            label="留作备用金",
            amount="500.00",
            saved="放进保险柜 ¥1,771.60",
            entry_hint="备用金",
            has_point=True,
            first=KeyView("开钱箱", "cash-register"),
            main="照此交班",
            main_detail="打印交班单",
        ),
    )


def menu_state() -> ShiftState:
    """Return the menu of an open shift."""
    keys = (
        MenuKey("close", "交班", "clock-user", "盲点现金，打印交班单"),
        MenuKey("x", "X 报表", "chart-bar", "不清零", needs_approval=True),
        MenuKey("paid_in", "收入现金", "tray-arrow-up", "放进钱箱"),
        MenuKey("paid_out", "支出现金", "hand-coins", "从钱箱取", needs_approval=True),
        MenuKey("drop", "存入保险柜", "wallet", "减少钱箱现金"),
        MenuKey("no_sale", "开钱箱", "cash-register", "不销售"),
        MenuKey("zs", "重印交班单", "receipt", "最近的班次"),
    )
    return replace(
        count_state(),
        count=None,
        head=HeadView("班次 #3", "陈晓雨 · 08:00 起"),
        page=ShiftPage.MENU,
        menu=MenuView(
            facts=(("开班", "08:00 · 陈晓雨"), ("备用金", "¥500.00")), keys=keys
        ),
        pad=PadView(label="班次 #3", has_digits=False, main="回去收银"),
    )


def move_state() -> ShiftState:
    """Return a paid-out being typed."""
    reasons = (("water", "买水"), ("taxi", "打车"), ("supplies", "买耗材"))
    return replace(
        count_state(),
        count=None,
        head=HeadView("支出现金", "班次 #3"),
        page=ShiftPage.MOVE,
        move=MoveView(
            reasons_title="原因（必选）",
            reasons=reasons,
            reason="water",
            reference="",
            reference_hint="收据号（可不填）",
            is_reference_active=False,
            note="金额用右边键盘输入",
        ),
        pad=PadView(
            label="支出现金",
            amount="30.00",
            entry_hint="金额",
            entry_text="30",
            has_point=True,
            main="支出 ¥30.00",
            main_detail="开钱箱 · 打印单据",
        ),
    )


def paper_state(png: bytes = b"") -> ShiftState:
    """Return a closed shift's Z."""
    return replace(
        count_state(),
        count=None,
        head=replace(HEAD, step=2),
        page=ShiftPage.PAPER,
        paper=PaperView(
            "已交班",
            "02-AZ-000003 · 22:04",
            png,
            facts=(("差额", money(-4500, "CNY")), ("留作备用金", "¥500.00")),
            note="差额超过上限，店长会复核",
            note_tone=Tone.WARN,
        ),
        pad=PadView(label="留作备用金", amount="500.00", has_digits=False, main="完成"),
    )


def list_state() -> ShiftState:
    """Return two closes that wait for a review."""
    rows = (
        RowView("a", "班次 #3", "11-21 周六 22:04 · 陈晓雨", "\u2212¥45.00", "复核"),
        RowView("b", "班次 #2", "11-21 周六 15:00 · 林志强", "+¥12.00", "复核"),
    )
    return replace(
        count_state(),
        count=None,
        head=HeadView("待复核的交班"),
        page=ShiftPage.LIST,
        rows=ListView(rows, "没有待复核的交班"),
        pad=PadView(label="待复核", note="2", has_digits=False, main="返回"),
    )


STATES = {
    "closing": count_state,
    "opening": opening_state,
    "outcome": outcome_state,
    "menu": menu_state,
    "move": move_state,
    "paper": paper_state,
    "list": list_state,
}
