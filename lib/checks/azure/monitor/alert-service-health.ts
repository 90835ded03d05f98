import { alertShape, serviceIssueEvent } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertServiceHealth = defineCheck({
  id: "azure.monitor.alert-service-health",
  title: "Alert tells of Azure's own service issues",
  severity: "medium",
  ...alertShape(serviceIssueEvent),
  risk: "When Azure itself fails, those on duty search for a fault of their own, or take an outage for an attack. Azure says what is wrong, but only to those who asked to be told.",
  remediation: {
    text: "Create a service health alert for service issues in the whole subscription, with an action group that reaches those on duty.",
    url: "https://learn.microsoft.com/azure/service-health/alerts-activity-log-service-notifications-portal",
    console: [
      "Service Health, Health alerts, Create service health alert.",
      "Choose the subscription, the services and regions in use, and the event type Service issue.",
      "Choose an action group, name the rule, and create it.",
    ],
    cli: 'az monitor activity-log alert create --name service-issues --resource-group GROUP --scope /subscriptions/{account} --condition "category=ServiceHealth and properties.incidentType=Incident" --action-group ACTION_GROUP_ID',
    terraform: `resource "azurerm_monitor_activity_log_alert" "service_issues" {
  name                = "service-issues"
  resource_group_name = azurerm_resource_group.monitoring.name
  location            = "global"
  scopes              = ["/subscriptions/{account}"]

  criteria {
    category = "ServiceHealth"

    service_health {
      events = ["Incident"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.on_duty.id
  }
}`,
  },
});
