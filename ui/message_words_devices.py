"""What devices and their settings say: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
DEVICE_WORDS: dict[str, tuple[str, str]] = {
    "device_setting_missing": (
        N_("The device's setting {field} is empty or makes no sense."),
        N_("Fill it in under Settings, Devices."),
    ),
    "device_connection_unknown": (
        N_("This device cannot be reached by {kind}."),
        N_("Choose another connection under Settings, Devices."),
    ),
    "device_driver_unknown": (
        N_("There is no driver {driver} on this till."),
        N_("Choose another under Settings, Devices, or install it again."),
    ),
    "device_setting_refused": (
        N_("The settings of {name} cannot be kept as they are."),
        N_("Look at the fields again."),
    ),
    "device_too_many": (
        N_("This till holds at most {limit} devices."),
        N_("Remove one that is not used any more."),
    ),
    "device_is_needed": (
        N_(
            "The receipt printer stays; it can be any printer, or pictures in a folder."
        ),
        N_("Choose another printer instead."),
    ),
    "device_unknown": (
        N_("This device was removed already."),
        N_("Look at the list again."),
    ),
    "device_driver_failed": (
        N_("The driver of this device failed. Everything else goes on."),
        N_("Unplug the device and plug it in again; the log says more."),
    ),
    "device_forbidden": (
        N_("This computer does not let the till use {device}."),
        N_("Install the rule that is offered under Settings, Devices."),
    ),
    "device_in_use": (
        N_("Another program holds {device}."),
        N_("Close the other program, or remove the printer from the system's queue."),
    ),
    "device_has_no_driver": (
        N_("The system has no driver for {device}."),
        N_("Follow the guide under Settings, Devices."),
    ),
    "scale_silent": (
        N_("The scale on {device} does not answer."),
        N_("Look whether it is on, and its cable and its language in the settings."),
    ),
    "scale_wants_checksum": (
        N_("The scale on {device} weighs only for tills that its maker knows."),
        N_("Ask the scale's dealer for its test value, and enter it in the settings."),
    ),
    "weight_not_ready": (
        N_("There is no weight to take: the scale does not stand still."),
        N_("Wait until it does, or type the weight."),
    ),
    "load_sold_already": (
        N_("What lies on the scale was sold already."),
        N_("Take it off, and put the next goods on the scale."),
    ),
    "tare_absurd": (
        N_("A tare of {weight} kg is more than a container weighs."),
        N_("Choose a smaller one."),
    ),
    "drawer_level_unknown": (
        N_("This printer does not tell whether the drawer is open."),
        N_("Nothing more is to be done; the till will not say that it is shut."),
    ),
    "drawer_level_same": (
        N_("The printer sees no difference between an open and a shut drawer."),
        N_("Open it, wait two seconds, and try again; some drawers have no switch."),
    ),
    "scanner_samples_few": (
        N_("{count} scans of different codes are needed to know a scanner."),
        N_("Scan the codes of the set-up sheet, one after the other."),
    ),
    "scanner_samples_differ": (
        N_("These scans do not begin and end alike."),
        N_("Scan the codes of the set-up sheet again, all with this scanner."),
    ),
    "devices_option_missing": (
        N_("The option {option} is missing or makes no sense."),
        N_("See guitai devices --help."),
    ),
    "recording_unreadable": (
        N_("This is no recording of a device, or it is damaged in line {line}."),
        N_("Record the device again."),
    ),
    "recording_unwritable": (
        N_("{file} cannot be written."),
        N_("Choose another file."),
    ),
    "recording_differs": (
        N_("The driver wrote something else than the recording, after {offset} bytes."),
        N_("Look at what the driver sends there."),
    ),
    "scan_too_long": (
        N_("The scanner sent more than a code can hold; it was not kept."),
        N_("Scan again. If it happens often, check the scanner's connection."),
    ),
    "scan_unreadable": (
        N_("The scanner sent signs that are no code; they were not kept."),
        N_("Scan again. On a serial line, check its speed in the settings."),
    ),
    "scanner_types_slowly": (
        N_("This device types as slowly as a hand: it may be a keyboard."),
        N_("If it is one, remove it from the devices so that it types again."),
    ),
    "device_is_no_scanner": (
        N_("{device} does not say that it reads codes."),
        N_("Scan the code for HID POS in the scanner's own guide, or use USB-COM."),
    ),
    "device_library_missing": (
        N_("{library} is missing on this computer."),
        N_("Install it, or choose another connection under Settings, Devices."),
    ),
    "device_rule_refused": (
        N_("The rule was not installed: the password was wrong, or nobody gave one."),
        N_("Ask whoever administers this computer, then try again."),
    ),
    "device_rule_failed": (
        N_("The rule could not be installed on this computer."),
        N_("The manual's page of devices says how to do it by hand."),
    ),
    "code_picture_too_large": (
        N_("{file} is too large to look for codes in it."),
        N_("Take a smaller picture, or cut out the part with the code."),
    ),
    "code_picture_unreadable": (
        N_("{file} cannot be read as a picture."),
        N_("Choose a PNG or JPEG file."),
    ),
}
