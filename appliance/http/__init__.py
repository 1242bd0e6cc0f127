"""HTTP for the whole appliance: routes declared once, then served, checked, documented and called from that."""
