package dev.storewatch.system;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Says whether the database answers, by asking it for a row. */
@Component("databaseHealthIndicator")
class DatabaseHealth extends AbstractHealthIndicator {
  private final Database database;

  DatabaseHealth(Database database) {
    super("the database does not answer");
    this.database = database;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT max(installed_rank) FROM flyway_schema_history")
                .query(Integer.class)
                .single());
    health.up();
  }
}
