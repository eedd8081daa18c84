package io.hera.http;

/**
 * How a reader waits for another answer.
 *
 * @param waitMillis the longest wait
 * @param quiet how calm the subject must be before an answer
 */
public record Patience(long waitMillis, Quiet quiet) {}
