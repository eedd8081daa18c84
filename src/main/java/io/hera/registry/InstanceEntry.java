package io.hera.registry;

/** The entry that wins on the key of an instance, which is a registration, and the id of the instance. */
public record InstanceEntry(String id, KeyEntry entry) {}
