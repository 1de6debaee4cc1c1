package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.store.StoreLimits;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that import. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadLimits.class)
class ImportBeans {
  @Bean(initMethod = "resume", destroyMethod = "close")
  ImportUploads importUploads(
      Database database,
      DataFolder folder,
      Uploads uploads,
      FreeDisk disk,
      UploadLimits limits,
      StoreLimits storeLimits,
      Importer importer,
      Imports imports,
      Clock clock,
      ObjectProvider<ImportListener> listeners) {
    return new ImportUploads(
        database,
        folder,
        uploads,
        disk,
        limits,
        storeLimits,
        importer,
        imports,
        clock,
        listeners.stream().toList());
  }
}
