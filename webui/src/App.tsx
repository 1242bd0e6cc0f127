import { Suspense, useEffect } from "react";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { sessionIs } from "@/api/acts";
import { keepCsrf, whenSessionGone } from "@/api/client";
import { cache, portalQuery } from "@/api/queries";
import type { Portal } from "@/api/types";
import { Announcer } from "@/components/announce";
import { Boundary } from "@/components/Boundary";
import { Problem } from "@/components/Problem";
import { Toasts } from "@/components/toasts";
import { CodePage, EntryPage, NewPasswordPage, SetUpPage, SignInPage } from "@/pages/entry";
import { navigate, sameOriginPath, usePlace } from "@/router";
import { Shell } from "@/shell/Shell";

whenSessionGone(() => {
  const known = cache.getQueryData<Portal>(["portal"]);
  if (known?.user) sessionIs({ ...known, user: "", rights: [], csrf: "" });
});

export function App() {
  return (
    <QueryClientProvider client={cache}>
      <Boundary>
        <Suspense fallback={null}>
          <Gate />
        </Suspense>
      </Boundary>
      <Toasts />
      <Announcer />
    </QueryClientProvider>
  );
}

/** Decides between first set-up, sign-in and the portal itself, whatever address was asked for. */
function Gate() {
  const { t } = useTranslation();
  const { data: portal, error, refetch } = useQuery(portalQuery);
  if (portal) return <Door portal={portal} />;
  if (!error) return null;
  return (
    <EntryPage title={t("cannotReach")}>
      <Problem problem={error} onRetry={() => void refetch()} />
    </EntryPage>
  );
}

function Door({ portal }: { portal: Portal }) {
  const { path, query } = usePlace();
  const { ready, user, csrf, step } = portal;
  const target = rightPlace(path, query, ready, Boolean(user) && !step);
  keepCsrf(csrf);
  useEffect(() => {
    if (target) navigate(target, { replace: true });
  }, [target]);
  if (target) return null;
  if (!ready) return <SetUpPage />;
  if (step === "code") return <CodePage />;
  if (step === "password") return <NewPasswordPage />;
  return user ? <Shell /> : <SignInPage />;
}

/** Where this visitor belongs instead of `path`; "" when the place is right. */
function rightPlace(path: string, query: URLSearchParams, ready: boolean, signedIn: boolean): string {
  if (!ready) return path === "/setup" ? "" : "/setup";
  const entry = path === "/login" || path === "/setup" || path === "/";
  if (signedIn) return entry ? sameOriginPath(query.get("next"), "/overview") : "";
  if (path === "/login") return "";
  return entry ? "/login" : `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}
