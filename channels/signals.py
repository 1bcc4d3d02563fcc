"""What apps above may want to know about channels."""

from django.dispatch import Signal

# Sent inside the transaction that moved a channel under another parent.
# Arguments: channel.
channel_moved = Signal()
