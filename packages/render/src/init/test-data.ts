/** Not `test`: many an environment has that name. */
const TEST_DATA = /(?:^|\/)(?:testdata|test-data|test_data|mock_data|fixtures|__\w+__)(?:\/|$)/u

/** Whether a path looks like test data, which nobody deploys. */
export function isTestData(path: string): boolean {
  return TEST_DATA.test(path)
}
