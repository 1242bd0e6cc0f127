export { EntryPage } from "./EntryPage";
export { CodePage } from "./CodePage";
export { NewPasswordPage } from "./NewPasswordPage";
export { SetUpPage } from "./SetUpPage";
export { SignInPage } from "./SignInPage";
