// Sends every call of @segment/analytics-node, and a burst: server.mjs HOST WRITE_KEY BURST
import { Analytics } from "@segment/analytics-node";

const [host, writeKey, burst] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, maxRetries: 2 });
let succeeded = 0;
let failed = 0;
const settled = (error) => (error ? failed++ : succeeded++);

const userId = "u-1";
analytics.identify({ userId, traits: { plan: "pro", name: "Größe 日本 𝄞" } }, settled);
analytics.track({ userId, event: "Order Completed", properties: { total: 12.5 } }, settled);
analytics.page({ userId, name: "Checkout", properties: { path: "/checkout" } }, settled);
analytics.screen({ userId, name: "Home", properties: { tab: 1 } }, settled);
analytics.group({ userId, groupId: "g-1", traits: { seats: 3 } }, settled);
analytics.alias({ userId, previousId: "a-0" }, settled);
for (let number = 0; number < Number(burst); number++) {
  analytics.track(
    {
      anonymousId: "a-1",
      event: "Burst",
      properties: { number, text: `Größe ${number} 日本 𝄞`, nested: { deep: { er: number } }, list: [number, number + 1] },
    },
    settled,
  );
}
analytics.on("error", () => {});
await analytics.closeAndFlush({ timeout: 60000 });
console.log(`succeeded=${succeeded} failed=${failed}`);
