from . import dashboard, dashboard_chart, incident_report, monthly_report
