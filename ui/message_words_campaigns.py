"""What is said of campaigns, referrals and segments that are refused."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
CAMPAIGN_WORDS: dict[str, tuple[str, str]] = {
    "referral_of_oneself": (
        N_("Nobody can recommend the shop to themselves."),
        N_("Enrol without the friend's code."),
    ),
    "referral_in_a_circle": (
        N_("The friend was brought by this very member: it would be a circle."),
        N_("Enrol without the friend's code."),
    ),
    "referral_has_referrer": (
        N_("It is noted already who brought this member."),
        N_("Nothing has to be done."),
    ),
    "referral_friend_not_new": (
        N_("This member has bought here before and is no new customer."),
        N_("Go on without the friend's code."),
    ),
    "campaign_unsound": (
        N_("Something is missing in the campaign, or cannot be so."),
        N_("Mend the marked field."),
    ),
    "campaign_audience_unnamed": (
        N_("The campaign does not say which tiers or tags it is for."),
        N_("Name at least one."),
    ),
    "campaign_template_unknown": (
        N_("A coupon of the campaign does not exist any more."),
        N_("Choose another coupon."),
    ),
    "campaign_date": (
        N_("This is no day."),
        N_("Write year, month and day: 2026-03-31."),
    ),
    "campaign_number": (
        N_("This is no number that fits here."),
        N_("Write a whole number, or leave the field empty for no limit."),
    ),
    "campaign_gone": (
        N_("This campaign is not there any more."),
        N_("Choose another row."),
    ),
    "campaign_unknown_kind": (
        N_("A newer program wrote this campaign; this one cannot read it."),
        N_("Update this till first."),
    ),
    "campaign_over": (
        N_("The campaign's last day has passed."),
        N_("Change its days, save it and start it then."),
    ),
    "campaign_not_running": (
        N_("The campaign is not running."),
        N_("Nothing has to be done."),
    ),
    "segment_unsound": (
        N_("Something is missing in the segment, or cannot be so."),
        N_("Mend the marked field."),
    ),
    "segment_tag_taken": (
        N_("{name} gives this tag already."),
        N_("Choose another tag."),
    ),
    "segments_many": (
        N_("A shop has at most {most} segments."),
        N_("Change one that is not needed any more."),
    ),
}
