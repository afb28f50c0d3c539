"""What is said of coupons that are refused: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
COUPON_WORDS: dict[str, tuple[str, str]] = {
    "coupon_code_unreadable": (
        N_("This is no coupon's code, or a character of it is wrong."),
        N_("Scan it again or type it anew."),
    ),
    "coupon_unknown": (
        N_("This shop has not given out such a coupon."),
        N_("Go on without it."),
    ),
    "coupon_is_another": (
        N_("This entry belongs to another coupon. Nothing was booked."),
        N_("Open the doctor."),
    ),
    "coupon_issued_twice": (
        N_("This coupon was given out already. Nothing was booked."),
        N_("Open the doctor."),
    ),
    "coupon_not_yet": (
        N_("The coupon is good from {since} on."),
        N_("Use it then."),
    ),
    "coupon_expired": (
        N_("The coupon was good until {until}."),
        N_("Go on without it."),
    ),
    "coupon_not_expired": (
        N_("The coupon is still good; it cannot be written off."),
        N_("Nothing has to be done."),
    ),
    "coupon_not_at_this_time": (
        N_("The coupon is good at other hours or on other days."),
        N_("Use it then."),
    ),
    "coupon_not_for_customer": (
        N_("The coupon is for other customers."),
        N_("Go on without it, or recognise the member."),
    ),
    "coupon_of_another_member": (
        N_("The coupon belongs to another member."),
        N_("Recognise that member, or go on without it."),
    ),
    "coupon_claimed_already": (
        N_("Somebody has this coupon already."),
        N_("Recognise that member, or go on without it."),
    ),
    "coupon_needs_claim": (
        N_("A member has to take this coupon before it is used."),
        N_("Recognise the member, then scan it again."),
    ),
    "coupon_reserved": (
        N_("The coupon lies in another basket: {number}."),
        N_("End that sale or take the coupon out of it first."),
    ),
    "coupon_not_reserved": (
        N_("The coupon does not lie in this basket any more. Nothing was booked."),
        N_("Take it out of the sale, then show it again."),
    ),
    "coupon_reserved_for_no_time": (
        N_("The coupon cannot be kept for this basket."),
        N_("Look at the clock of this till."),
    ),
    "coupon_redeemed": (
        N_("The coupon was used already, in sale {number}."),
        N_("Go on without it."),
    ),
    "coupon_not_redeemed": (
        N_("The coupon was not used, so it cannot come back."),
        N_("Nothing has to be done."),
    ),
    "coupon_revoked": (
        N_("The shop has taken this coupon back; it is good no more."),
        N_("Go on without it."),
    ),
    "coupon_not_of_sale": (
        N_("The coupon was used in another sale."),
        N_("Open that sale."),
    ),
    "coupon_partly_given_back": (
        N_("A part of the coupon's value went back to the customer already."),
        N_("Nothing has to be done."),
    ),
    "coupon_given_back_twice": (
        N_("This return has given the coupon's share back already."),
        N_("Nothing has to be done."),
    ),
    "coupon_too_much_given_back": (
        N_("More of the coupon would go back than it saved. Nothing was booked."),
        N_("Open the doctor."),
    ),
    "coupon_too_many": (
        N_("A sale takes {limit} of these coupons at most."),
        N_("Take one out of the sale first."),
    ),
    "coupon_batch_full": (
        N_("All of these coupons were given out; {left} are left."),
        N_("Make a new batch, or give another coupon."),
    ),
    "coupon_member_has_enough": (
        N_("One member gets {limit} of these coupons at most."),
        N_("Give another coupon."),
    ),
    "coupon_template_ended": (
        N_("“{name}” is not given out any more."),
        N_("Give another coupon."),
    ),
    "coupon_not_offered": (
        N_("What the coupon “{name}” promises is not offered at the moment."),
        N_("Go on without it, or start its promotion."),
    ),
    "coupon_saves_nothing": (
        N_("The coupon saves nothing on these goods yet."),
        N_("Keep it for another time, or add goods that it is for."),
    ),
    "coupon_template_unsound": (
        N_("This cannot be read, or a coupon cannot promise it."),
        N_("Change it and save again."),
    ),
    "coupon_forged": (
        N_("The coupon names this shop but was not signed by it. It was not accepted."),
        N_("Keep the paper and tell the manager."),
    ),
    "coupon_altered": (
        N_("The coupon's code was changed or misread."),
        N_("Scan it again."),
    ),
    "coupon_of_another_shop": (
        N_("The coupon was given out by another shop."),
        N_("Go on without it."),
    ),
    "coupon_above_offline_limit": (
        N_(
            "The coupon is worth more than {limit}, the most that is accepted without asking."
        ),
        N_("Ask the manager."),
    ),
    "coupon_batch_ended": (
        N_("This batch was revoked; nothing of it is given out any more."),
        N_("Make a new batch."),
    ),
    "coupon_no_key": (
        N_("This till has no key of its shop to sign coupons with."),
        N_("Make coupons with codes instead."),
    ),
    "coupon_partner_name": (
        N_("A partner needs a name of at most {most} characters."),
        N_("Type the name of the business."),
    ),
    "coupon_partner_share": (
        N_("A partner bears all of the savings at most, and a fee is not negative."),
        N_("Type it again."),
    ),
    "coupon_partner_ended": (
        N_("The agreement with “{name}” has ended."),
        N_("Choose another partner, or begin it anew."),
    ),
    "coupon_count_absurd": (
        N_("Between 1 and {most} coupons are made at once."),
        N_("Type the number again."),
    ),
}
