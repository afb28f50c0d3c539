"""Believable screen states: one basket of a neighbourhood shop."""

from __future__ import annotations

from ui.presenters.done_state import DoneState, OutcomeView
from ui.presenters.frame_state import (
    ChipView,
    FrameState,
    KeyHint,
    MessageView,
    TabView,
    ToastView,
)
from ui.presenters.payment_state import (
    ChoiceView,
    PaymentState,
    ReferenceView,
    RoundOffView,
    TakenView,
    TenderView,
)
from ui.presenters.sale_state import (
    CategoryView,
    FoundView,
    ProblemView,
    QuickCash,
    SaleState,
    TileView,
)
from ui.presenters.ticket_state import BandView, DetailKind, LineView, SumTone, SumView

FRAME = FrameState(
    shop_name="晴川生活 · 湖滨店",
    till_label="02 号机",
    tabs=(TabView("sale", "收银", "cash-register"), TabView("settings", "设置", "tag")),
    tab="sale",
    cashier_name="陈晓雨",
    clock_text="14:32",
    date_text="11-21 周六",
    chips=(
        ChipView("disk", "已存盘 14:31", "cloud-check"),
        ChipView("printer", "打印机", "printer"),
    ),
    message=MessageView("已加入：购物袋 大 ×1"),
    hints=(KeyHint("F1", "帮助"), KeyHint("Esc", "返回")),
)
TOAST = ToastView(1, "已删除：购物袋 大 ×1", "撤销")
SUMS = (
    SumView("原价", "161.39"),
    SumView("优惠", "\u221231.30", SumTone.SAVING),
    SumView("合计", "130.09"),
)


def ticket(count: int = 6) -> tuple[LineView, ...]:
    """Return `count` lines of tea."""
    return tuple(
        LineView(
            line_id=f"line-{number}",
            position=number,
            name="茉莉花茶 无糖",
            variant="500 ml",
            detail="9521 0000 0123",
            detail_kind=DetailKind.CODE,
            quantity="2",
            unit_price_minor=500,
            total_minor=750,
            list_total_minor=1000,
        )
        for number in range(1, count + 1)
    )


def red_line(position: int) -> LineView:
    """Return a line for a barcode that nobody knows."""
    return LineView(
        "red", position, "没找到", "6977 8800 1235", "处理完才能收款", is_unknown=True
    )


def tiles(count: int = 16) -> tuple[TileView, ...]:
    """Return `count` quick keys."""
    return tuple(
        TileView(
            f"tile-{n}", f"现磨美式 {n}", 1200, icon="coffee-fill", stripe="coffee"
        )
        for n in range(count)
    )


def sale_state(lines: tuple[LineView, ...] | None = None) -> SaleState:
    """Return a sale in the middle."""
    shown = ticket() if lines is None else lines
    return SaleState(
        frame=FRAME,
        currency="CNY",
        band=BandView("本单", "14:29 开单", chips=("6 行",)),
        lines=shown,
        selected_index=len(shown) - 1,
        sums=SUMS,
        amount_due_minor=13009,
        item_count=7,
        saved_minor=3130,
        count_text="7 件",
        tabs=(CategoryView("top", "常用"), CategoryView("drinks", "饮料")),
        tab="top",
        tiles=tiles(),
        quick_cash=(QuickCash(20000, 6991), QuickCash(13009, 0)),
        can_change_line=bool(shown),
        can_change_quantity=bool(shown),
    )


FOUND = (
    FoundView("cola", "可口可乐", "330 ml", "9521 0000 1234", 300),
    FoundView("cola-zero", "可口可乐 零度", "500 ml", "9521 0000 1241", 350),
)
PROBLEM = ProblemView("red", "这个条码没找到，其他商品可以继续扫")


def payment_state() -> PaymentState:
    """Return a payment with 100.00 taken by phone and cash being counted."""
    tenders = (
        ("cash", "现金", "money-wavy"),
        ("code", "扫码付", "qr-code"),
        ("card", "银行卡", "credit-card"),
    )
    return PaymentState(
        frame=FRAME,
        currency="CNY",
        band=BandView("本单"),
        lines=ticket(),
        selected_index=0,
        sums=SUMS,
        due_minor=13009,
        remaining_minor=3009,
        taken_minor=10000,
        change_minor=1991,
        tenders=tuple(
            TenderView(*one, is_selected=one[0] == "cash") for one in tenders
        ),
        choices=(
            ChoiceView("wechat", "微信", is_selected=True),
            ChoiceView("alipay", "支付宝"),
        ),
        choices_label="顾客用哪个 App",
        reference=ReferenceView("交易号后四位", "88", note="手工记账，未向渠道核对"),
        suggestions=(QuickCash(3009, 0), QuickCash(5000, 1991)),
        suggested=5000,
        taken=(TakenView("taken-1", "微信支付", "14:31 · 尾号 8821", 10000),),
        round_off=RoundOffView(9),
        entry_text="50.00",
        can_finish=True,
        finish_title="完成收款",
        finish_detail="开钱箱 · 打印小票",
    )


def done_state(slip_png: bytes = b"") -> DoneState:
    """Return a paid sale with change."""
    return DoneState(
        frame=FRAME,
        currency="CNY",
        band=BandView("下一位", "扫码就开始新的一单"),
        title="收款完成",
        detail="已写入本机 · 14:32:06",
        change_minor=1991,
        received_text="收现金 50.00",
        invitation="扫下一件商品，就开始新的一单",
        slip_png=slip_png,
        outcomes=(
            OutcomeView("slip", "小票已打印", "printer"),
            OutcomeView("drawer", "钱箱已开", "cash-register"),
        ),
        sums=SUMS,
    )
