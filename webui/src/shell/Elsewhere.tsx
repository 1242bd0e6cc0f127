import { Button } from "pf/Button";
import SearchIcon from "icon/search";
import LockIcon from "icon/lock";
import { useTranslation } from "react-i18next";

import type { Right } from "@/api/types";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import { useRightWords } from "@/components/rights";
import { usePlace } from "@/router";

export function NotFoundPage() {
  const { t } = useTranslation();
  const { path } = usePlace();
  const actions = <Button component="a" href="/overview">{t("overview")}</Button>;
  return (
    <>
      <PageHead title={t("notFound")} />
      <Empty title={t("notFoundHere")} icon={SearchIcon} actions={actions}>
        <code>{path}</code>
      </Empty>
    </>
  );
}

export function ForbiddenPage({ right }: { right: Right }) {
  const { t } = useTranslation();
  const words = useRightWords();
  return (
    <>
      <PageHead title={t("notAllowed")} />
      <Empty title={t("notAllowedHere")} icon={LockIcon}>
        {t("needsRight", { right: words(right) })}
      </Empty>
    </>
  );
}
