#include "CModules.h"

#include <modulemd-2.0/modulemd.h>
#include <stdio.h>

/* A list that was given to the caller, as one of constants. */
static const char *const *constant(gchar **list) { return (const char *const *)list; }

/* All requirements of a stream, whichever of its dependencies has them: clients want
 * each to hold. */
static void add_requirements(ModulemdModuleStreamV2 *stream, GPtrArray *modules,
                             GPtrArray *streams) {
  GPtrArray *dependencies = modulemd_module_stream_v2_get_dependencies(stream);

  for (guint position = 0; dependencies != NULL && position < dependencies->len; position++) {
    ModulemdDependencies *one = g_ptr_array_index(dependencies, position);
    g_auto(GStrv) names = modulemd_dependencies_get_runtime_modules_as_strv(one);

    for (char **name = names; name != NULL && *name != NULL; name++) {
      g_ptr_array_add(modules, g_strdup(*name));
      g_ptr_array_add(streams, modulemd_dependencies_get_runtime_streams_as_strv(one, *name));
    }
  }
}

static void visit_stream(const char *module, ModulemdModuleStream *any,
                         const cmodules_visitor *visitor, void *context) {
  if (!MODULEMD_IS_MODULE_STREAM_V2(any))
    return;
  ModulemdModuleStreamV2 *stream = MODULEMD_MODULE_STREAM_V2(any);
  g_auto(GStrv) artifacts = modulemd_module_stream_v2_get_rpm_artifacts_as_strv(stream);
  g_auto(GStrv) demodularized = modulemd_module_stream_v2_get_demodularized_rpms(stream);
  g_auto(GStrv) profiles = modulemd_module_stream_v2_get_profile_names_as_strv(stream);
  g_autoptr(GPtrArray) modules = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) streams = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

  add_requirements(stream, modules, streams);
  cmodules_stream found = {
      .module = module,
      .stream = modulemd_module_stream_get_stream_name(any),
      .context = modulemd_module_stream_get_context(any),
      .arch = modulemd_module_stream_get_arch(any),
      .version = modulemd_module_stream_get_version(any),
      .has_static_context = modulemd_module_stream_v2_is_static_context(stream),
      .artifacts = constant(artifacts),
      .demodularized = constant(demodularized),
      .profiles = constant(profiles),
      .requirement_count = modules->len,
      .required_modules = (const char *const *)modules->pdata,
      .required_streams = (const char *const *const *)streams->pdata,
  };
  visitor->visit(context, &found);
}

static void visit_default(const char *name, ModulemdModule *module,
                          const cmodules_visitor *visitor, void *context) {
  ModulemdDefaults *defaults = modulemd_module_get_defaults(module);

  if (defaults == NULL || !MODULEMD_IS_DEFAULTS_V1(defaults))
    return;
  visitor->visit_default(
      context, name,
      modulemd_defaults_v1_get_default_stream(MODULEMD_DEFAULTS_V1(defaults), NULL),
      modulemd_defaults_get_modified(defaults));
}

static int fail(char *cause, size_t size, const char *text) {
  snprintf(cause, size, "%s", text);
  return -1;
}

int cmodules_read(const char *path, const cmodules_visitor *visitor, void *context, char *cause,
                  size_t cause_size) {
  g_autoptr(ModulemdModuleIndex) index = modulemd_module_index_new();
  g_autoptr(GPtrArray) failures = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_read =
      modulemd_module_index_update_from_file(index, path, FALSE, &failures, &error);

  if (error != NULL)
    return fail(cause, cause_size, error->message);
  if (failures != NULL && failures->len > 0) {
    const GError *first =
        modulemd_subdocument_info_get_gerror(g_ptr_array_index(failures, 0));
    return fail(cause, cause_size, first != NULL ? first->message : "it is no module");
  }
  if (!is_read)
    return fail(cause, cause_size, "it is not a document of modules");
  /* Clients know no other form. */
  if (modulemd_module_index_get_stream_mdversion(index) > 0 &&
      !modulemd_module_index_upgrade_streams(index, MD_MODULESTREAM_VERSION_TWO, &error))
    return fail(cause, cause_size, error != NULL ? error->message : "its form is too old");

  g_auto(GStrv) names = modulemd_module_index_get_module_names_as_strv(index);
  for (char **name = names; name != NULL && *name != NULL; name++) {
    ModulemdModule *module = modulemd_module_index_get_module(index, *name);
    if (module == NULL)
      continue;
    GPtrArray *streams = modulemd_module_get_all_streams(module);

    for (guint position = 0; streams != NULL && position < streams->len; position++)
      visit_stream(*name, g_ptr_array_index(streams, position), visitor, context);
    visit_default(*name, module, visitor, context);
  }
  return 0;
}
