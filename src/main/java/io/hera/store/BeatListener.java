package io.hera.store;

/** A reader of {@link Beat}s: each gets all that has happened since it last asked. Equal to itself only. */
public final class BeatListener {}
