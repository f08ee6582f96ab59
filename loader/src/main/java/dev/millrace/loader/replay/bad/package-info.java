/**
 * Bad events, loaded again after a fix. Of each batch and reason they make a batch of their own,
 * whose identity follows from the two: it is loaded once, however often it is asked for. Its row in
 * {@code _millrace_batches}, bucket {@code bad_events} and object {@code <load id>/<reason>}, says
 * that they were.
 */
package dev.millrace.loader.replay.bad;
