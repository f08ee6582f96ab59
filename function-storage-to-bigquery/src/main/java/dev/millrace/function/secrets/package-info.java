/** Secrets in Secret Manager. */
package dev.millrace.function.secrets;
