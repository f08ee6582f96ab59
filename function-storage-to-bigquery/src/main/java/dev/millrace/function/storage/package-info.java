/** The three places of batches on Cloud Storage, by Google's client over HTTP and JSON. */
package dev.millrace.function.storage;
