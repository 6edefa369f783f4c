"""The rig board's program: a second Pico that holds a board's switches and watches its light."""

FIRMWARE_VERSION = "0.1.0"
