import type { ComponentType, ReactNode } from "react";
import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from "pf/EmptyState";

interface Props {
  title: string;
  icon?: ComponentType;
  status?: "danger" | "warning" | "info";
  children?: ReactNode;
  actions?: ReactNode;
}

/** What a list or page shows when there is nothing: one sentence and the next step. */
export function Empty({ title, icon, status, children, actions }: Props) {
  return (
    <EmptyState titleText={title} headingLevel="h2" variant="sm" {...(icon ? { icon } : {})} {...(status ? { status } : {})}>
      {children && <EmptyStateBody>{children}</EmptyStateBody>}
      {actions && (
        <EmptyStateFooter>
          <EmptyStateActions>{actions}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}
