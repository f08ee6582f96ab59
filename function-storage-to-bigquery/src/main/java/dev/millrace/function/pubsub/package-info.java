/** What the function tells others through Pub/Sub: notices of batches, and schema changes. */
package dev.millrace.function.pubsub;
