package dev.millrace.cli.local;

import java.nio.file.Path;

/**
 * What a collector on this machine is told.
 *
 * @param port 0 for any free one
 * @param writeKeys a JSON file of write keys and sources, or null
 * @param suppressedUsers a file of user ids whose events must not be stored, or null
 */
record CollectorOptions(int port, Path writeKeys, Path suppressedUsers) {}
