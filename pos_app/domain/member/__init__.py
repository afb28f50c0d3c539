"""Members: who somebody is to the shop, and how strongly one is recognised.

What is personal (name, phone, birthday) lies in a `MemberProfile`, which is only
ever stored sealed (`ports.member_vault`); everything else names ids.
"""
