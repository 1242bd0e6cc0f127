"""What the installer does to a host: one module for each subject, each change with its way back."""
