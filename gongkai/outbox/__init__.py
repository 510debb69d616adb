"""Messages waiting to go: notices on the desk, mails, short messages; written in the act's transaction, sent by one sender."""
