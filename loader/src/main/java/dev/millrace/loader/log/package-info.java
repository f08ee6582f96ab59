/** The log as Cloud Logging reads it. */
package dev.millrace.loader.log;
