"""Connects what the screens say to what the presenters do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.bridge import Bridge
from ui.counter_flow import CounterFlow

if TYPE_CHECKING:
    from ui.screens.settings import SettingsScreen


def connect(flow: CounterFlow, bridge: Bridge) -> None:
    """Wire everything once; bound methods only."""
    _connect_presenters(flow, bridge)
    _connect_sale(flow)
    _connect_others(flow)
    _connect_after(flow)


def connect_training(flow: CounterFlow, bridge: Bridge) -> None:
    """Let a training hear of what was committed to its ledger."""
    bridge.stored.connect(flow.features.training.on_stored)


def _connect_presenters(flow: CounterFlow, bridge: Bridge) -> None:
    flow.frame.changed.connect(flow.render)
    flow.sign_on.state_changed.connect(flow.render)
    flow.sale.state_changed.connect(flow.render)
    flow.payment.state_changed.connect(flow.render)
    flow.done.state_changed.connect(flow.render)
    flow.settings.state_changed.connect(flow.render)
    flow.sign_on.signed_on.connect(flow.on_signed_on)
    flow.sale.payment_wanted.connect(flow.go_to_payment)
    flow.sale.quick_cash_taken.connect(flow.payment.quick_cash)
    flow.sale.first_scan_came.connect(flow.on_first_scan)
    flow.payment.commit_began.connect(flow.sale.hold)
    flow.payment.commit_began.connect(flow.done.on_commit_began)
    flow.payment.sale_ended.connect(flow.on_sale_ended)
    flow.payment.commit_failed.connect(flow.on_commit_failed)
    flow.dialogs.sale_voided.connect(flow.on_sale_voided)
    flow.devices.reason_wanted.connect(flow.dialogs.ask_no_sale)
    flow.dialogs.no_sale.chosen.connect(flow.devices.on_reason)
    flow.approvals.scan_waited.connect(flow.on_scanned)
    flow.dialogs.correction.corrected.connect(flow.done.on_tender_corrected)
    bridge.device_reported.connect(flow.features.hardware.on_report)
    bridge.plugged.connect(flow.features.hardware.on_plugged)
    bridge.intent_lost.connect(flow.frame.on_lost)
    bridge.print_changed.connect(flow.on_print_changed)
    # One event for both: what else is said may not come in between.
    bridge.drawer_kicked.connect(flow.on_drawer_kicked)


def _connect_sale(flow: CounterFlow) -> None:
    view, sale = flow.screens.sale, flow.sale
    view.pad_pressed.connect(flow.on_pad)
    view.line_selected.connect(sale.lines.on_line_selected)
    view.quantity_stepped.connect(sale.lines.on_quantity_stepped)
    view.quantity_pressed.connect(sale.on_quantity_pressed)
    view.delete_pressed.connect(sale.lines.on_delete_pressed)
    view.find_pressed.connect(flow.on_find)
    view.unknown_delete_pressed.connect(sale.lines.on_delete_pressed)
    view.tab_selected.connect(sale.on_tab_selected)
    view.tile_pressed.connect(sale.on_tile_pressed)
    view.search_edited.connect(sale.on_search_edited)
    view.search_picked.connect(flow.on_search_picked)
    view.search_left.connect(sale.on_search_left)
    view.function_pressed.connect(flow.on_function)
    view.quick_cash_pressed.connect(sale.on_quick_cash_pressed)
    view.pay_pressed.connect(sale.on_pay_pressed)
    flow.deals.found.connect(flow.render)
    flow.deals.late.connect(flow.render)
    flow.deals.ended.connect(sale.first.go_on)
    sale.first.is_pricing = lambda: flow.deals.is_under_way
    view.undo_pressed.connect(sale.lines.on_undo)
    view.lock_pressed.connect(flow.lock)
    view.cashier_pressed.connect(flow.lock)
    view.chip_pressed.connect(flow.on_chip)
    view.band_pressed.connect(flow.show_last_sale)
    view.errand_pressed.connect(flow.features.takes_function)
    screens = flow.screens
    for screen in (view, screens.payment, screens.done):
        screen.top_tab_selected.connect(flow.features.on_tab)


def _connect_others(flow: CounterFlow) -> None:
    signing, paying = flow.screens.sign_on, flow.screens.payment
    signing.staff_chosen.connect(flow.sign_on.on_staff_chosen)
    signing.number_entered.connect(flow.sign_on.on_number_entered)
    signing.pin_entered.connect(flow.sign_on.on_pin_entered)
    signing.language_chosen.connect(flow.sign_on.on_language_chosen)
    signing.help.change_wanted.connect(flow.features.people.change_pin)
    signing.help.recovery_wanted.connect(flow.features.people.recover_pin)
    paying.pad_pressed.connect(flow.on_pad)
    paying.tender_selected.connect(flow.payment.on_tender_pressed)
    paying.choice_selected.connect(flow.payment.on_tender_pressed)
    paying.suggestion_pressed.connect(flow.payment.on_suggestion_pressed)
    paying.take_back_pressed.connect(flow.payment.on_give_back)
    paying.deduct_pressed.connect(flow.payment.on_deduct_pressed)
    paying.deduct_amount_pressed.connect(flow.payment.on_deduct_amount)
    flow.payment.coupons_wanted.connect(flow.features.coupons.open)
    paying.undo_pressed.connect(flow.sale.lines.on_undo)
    paying.round_off_pressed.connect(flow.payment.on_round_off_pressed)
    paying.reference_pressed.connect(flow.payment.on_reference_pressed)
    paying.amount_pressed.connect(flow.payment.on_amount_pressed)
    paying.back_pressed.connect(flow.go_to_sale)
    paying.slip_toggled.connect(flow.payment.on_print_toggled)
    paying.finish_pressed.connect(flow.payment.on_finish_pressed)
    paying.lock_pressed.connect(flow.lock)
    paying.chip_pressed.connect(flow.on_chip)


def _connect_after(flow: CounterFlow) -> None:
    done = flow.screens.done
    done.new_sale_pressed.connect(flow.go_to_sale)
    done.reprint_pressed.connect(flow.done.on_reprint)
    done.papers_pressed.connect(flow.features.papers.ask)
    done.correct_tender_pressed.connect(flow.on_correct_tender)
    done.drawer_pressed.connect(flow.devices.open_drawer)
    done.pad_pressed.connect(flow.on_pad)
    done.lock_pressed.connect(flow.lock)
    done.chip_pressed.connect(flow.on_chip)

    def connect_settings(settings: SettingsScreen) -> None:
        settings.top_tab_selected.connect(flow.features.on_tab)
        settings.setting_changed.connect(flow.settings.on_setting_changed)
        settings.back_up.connect(flow.settings.on_back_up)
        settings.run_doctor.connect(flow.settings.on_check)
        settings.closed.connect(flow.go_to_sale)

    flow.screens.when_settings_made(connect_settings)
