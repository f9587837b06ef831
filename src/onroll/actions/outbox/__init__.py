"""The outbox: messages are queued inside the change that asks for them, and sent by the worker."""
