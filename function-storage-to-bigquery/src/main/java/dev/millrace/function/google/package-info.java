/** The ports on Google Cloud, as the settings describe them. */
package dev.millrace.function.google;
