package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverStartTest {
  @Test
  void isWaitedForByAllWhoOpenADatabase() throws Exception {
    DriverStart.begin();
    DriverStart.begin();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(DriverStart::await));
    }
    DriverStart.await();
    for (Thread thread : threads) {
      thread.join();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }
}
