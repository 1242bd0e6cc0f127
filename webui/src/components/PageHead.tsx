import { type ReactNode, useEffect, useRef } from "react";
import { PageSection } from "pf/Page";
import { Title } from "pf/Title";
import { usePlace, visitCount } from "@/router";

interface Props {
  title: string;
  /** Beside the title: a state, a count. */
  beside?: ReactNode;
  actions?: ReactNode;
  above?: ReactNode;
  below?: ReactNode;
}

/** Title line of every page. Gives the document its title, and the focus to the heading after a navigation. */
export function PageHead({ title, beside, actions, above, below }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = usePlace();
  useTitle(title);
  useEffect(() => {
    if (visitCount() > 0) heading.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <PageSection className="nano-head" hasBodyWrapper={false}>
      {above}
      <div className="nano-head-line">
        <Title headingLevel="h1" size="2xl" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {beside}
        {actions && <div className="nano-head-actions">{actions}</div>}
      </div>
      {below}
    </PageSection>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Nano (${location.hostname})`;
  }, [title]);
}
