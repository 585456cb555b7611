"""The endpoints, one blueprint per module or group."""
