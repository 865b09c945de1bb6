from . import incident_report
