package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are meant.
 *
 * @param open whether they last; null for both
 * @param store the key of their store; null for all
 * @param trouble what is wrong; null for all
 */
record IncidentFilter(@Nullable Boolean open, @Nullable Integer store, @Nullable Trouble trouble) {
  static final IncidentFilter ALL = new IncidentFilter(null, null, null);

  /** Returns the condition in SQL. */
  String condition() {
    StringBuilder sql = new StringBuilder("true");
    if (open != null) {
      sql.append(open ? " AND closed_at IS NULL" : " AND closed_at IS NOT NULL");
    }
    if (store != null) {
      sql.append(" AND store_key = ").append(store.intValue());
    }
    if (trouble != null) {
      sql.append(" AND trouble = '").append(trouble.word()).append('\'');
    }
    return sql.toString();
  }
}
