import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { startLanguage } from '../../src-renderer/i18n/language.ts'
import '../../src-renderer/styles.css'

startLanguage()
// A page's code is loaded when it is opened, and the first time takes a while.
configure({ asyncUtilTimeout: 15_000 })
afterEach(cleanup)
