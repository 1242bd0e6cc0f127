"""What every module of the appliance needs, and nothing about virtual machines."""
