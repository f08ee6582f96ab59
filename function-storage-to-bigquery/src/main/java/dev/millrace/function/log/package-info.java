/** What the function writes to the log: on Cloud Run as JSON that metrics and alerts can filter. */
package dev.millrace.function.log;
