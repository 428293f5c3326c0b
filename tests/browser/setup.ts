import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { startLanguage } from '../../src-renderer/i18n/language.ts'
import '../../src-renderer/styles.css'

startLanguage()
afterEach(cleanup)
