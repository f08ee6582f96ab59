package dev.millrace.cli.cost;

/**
 * One line of a month's bill, in USD.
 *
 * @param service who bills it
 * @param what for what
 * @param how the arithmetic in words
 * @param billed beyond the free tiers
 * @param list with nothing free
 */
record BillLine(String service, String what, String how, double billed, double list) {}
