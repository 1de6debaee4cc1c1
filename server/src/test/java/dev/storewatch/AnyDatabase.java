package dev.storewatch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests that can run on any database: each build runs it on DuckDB, and the long
 * tests on PostgreSQL ({@link TestDatabase#settings}).
 *
 * <p>The mark stands in the class, so that a class that moves to another package keeps it; {@link
 * RanOnPostgresTest} checks that every marked class did run there. What the databases answer alike
 * is held by their contracts ({@code ...ContractTest}), which run on both in each build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("any-database")
@ExtendWith(RunsOnDatabase.class)
public @interface AnyDatabase {}
