import pytest

ADDRESS = 0x3C


@pytest.fixture
def bus(chip):
    from pico import Bus

    chip.buses[0] = Bus()
    chip.buses[0].parts[ADDRESS] = {}
    return chip.buses[0]


class Ssd1306:
    """What the display would hold after some writes: pages of 128 bytes, and whether it is on."""

    WITH_ARGUMENT = (0x20, 0xA8, 0xD3, 0xDA, 0x81, 0xD5, 0x8D)

    def __init__(self, sent):
        self.memory, self.page, self.column, self.on = bytearray(1024), 0, 0, False
        for _, data in sent:
            if data[0] == 0x40:
                at = 128 * self.page + self.column
                self.memory[at : at + len(data) - 1] = data[1:]
            else:
                self._commands(iter(data[1:]))

    def _commands(self, data):
        for byte in data:
            if byte in self.WITH_ARGUMENT:
                next(data)
            elif 0xB0 <= byte <= 0xB7:
                self.page = byte & 7
            elif byte <= 0x0F:
                self.column = self.column & 0xF0 | byte
            elif byte <= 0x1F:
                self.column = self.column & 0x0F | (byte & 15) << 4
            elif byte in (0xAE, 0xAF):
                self.on = byte == 0xAF


def test_display_is_on_and_dark_at_first(bus, pins):
    from quayscan_fw.hal_rp2.display import Display

    display = Display(pins["raman785"])
    assert display.works
    shown = Ssd1306(bus.sent)
    assert shown.on
    assert shown.memory == bytearray(1024)


def test_each_page_goes_where_it_belongs(bus, pins):
    from quayscan_fw.hal_rp2.display import Display

    display = Display(pins["raman785"])
    for at in range(1024):
        display.frame.memory[at] = at * 7 % 251
    for page in (7, 0, 3, 1, 2, 6, 5, 4):
        display.show_page(page)
    assert Ssd1306(bus.sent).memory == display.frame.memory


def test_missing_display_is_left_out(chip, pins):
    from quayscan_fw.hal_rp2.display import Display

    display = Display(pins["raman785"])
    assert not display.works
    display.show_page(0)


def test_status_light_sends_green_first(chip, pins):
    from quayscan_fw.hal_rp2.status_light import StatusLight

    light = StatusLight(pins["raman785"])
    light.show(200, 10, 1)
    number, timing, data = chip.bits[-1]
    assert (number, data) == (pins["raman785"]["status_light"], bytes((10, 200, 1)))
    data_sheet = (400, 850, 800, 450)  # WS2812B, ns, each within 150
    assert all(abs(ours - theirs) <= 150 for ours, theirs in zip(timing, data_sheet, strict=True))


def test_buzzer_is_silent_until_it_is_on(chip, pins):
    from quayscan_fw.hal_rp2.buzzer import Buzzer

    number = pins["raman785"]["buzzer"]
    buzzer = Buzzer(pins["raman785"])
    assert chip.duty[number] == 0
    buzzer.on()
    assert chip.duty[number] == 32768
    buzzer.off()
    assert chip.duty[number] == 0
