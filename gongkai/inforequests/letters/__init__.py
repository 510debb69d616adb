"""Letters (告知书、回执、征求函): what kinds there are, what each must say, templates an office edits itself in Word."""
