"""Several hosts on one machine: namespaces, each with its own libvirtd, on one simulated switch. Needs root."""
