# Fetches the packages of the lock file into the folder WORK.
execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error ${OMITTED}
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE status OUTPUT_QUIET)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "The packages of the report page cannot be fetched (npm: above). "
    "Without the page: cmake -DPARTNERSIM_REPORT=OFF")
endif()
file(TOUCH ${WORK}/packages.stamp)
