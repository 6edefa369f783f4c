import re


def test_rule_names_the_stock_images_device_by_its_serial_number(checkout):
    text = checkout.joinpath("hardware/udev/60-quayscan.rules").read_text()
    (rule,) = [line for line in text.splitlines() if line and not line.startswith("#")]
    parts = dict(re.match(r'([A-Z]+(?:\{\w+\})?)(?:==|\+=|=)"(.*)"$', part).groups() for part in rule.split(", "))
    assert (parts["SUBSYSTEM"], parts["ATTRS{idVendor}"], parts["ATTRS{idProduct}"]) == ("tty", "2e8a", "0005")
    assert parts["SYMLINK"] == "quayscan-$attr{serial}"
    assert parts["MODE"] == "0660", "not for everybody"
    assert parts["TAG"] == "uaccess"
    assert parts["ENV{ID_MM_DEVICE_IGNORE}"] == "1"


def test_rule_comes_before_the_one_that_grants_access(checkout):
    (file,) = checkout.joinpath("hardware/udev").iterdir()
    assert file.name < "73-seat-late.rules"
