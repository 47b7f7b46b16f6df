// @ts-check
// The script of a topic's page. It is sent in one file with all that it imports.
import { sharedVega } from "../../widgets/vega_view.js";
import { startClient } from "./page_client.js";
import { followSections } from "./page_sections.js";

startClient();
followSections();
// While the kernel answers. A chart reports a failure when it is drawn.
sharedVega().catch(() => {});
