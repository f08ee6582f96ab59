/**
 * Google's admin APIs on loopback, as far as terraform/ calls them: they keep what they are sent,
 * and refuse what the real ones refuse.
 */
package dev.millrace.tests.infrastructure.google;
