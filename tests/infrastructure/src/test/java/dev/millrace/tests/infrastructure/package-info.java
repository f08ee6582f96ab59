/** Tests of what deploys Millrace on Google Cloud. */
package dev.millrace.tests.infrastructure;
