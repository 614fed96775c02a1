/** A part of a listing's page: its fields, in reading order. */
export interface SectionPlan {
  readonly name: string
  readonly heading: string
  readonly fields: readonly string[]
}

/** The sections of a page in reading order. Fields that stand in none of them come last, under {@link otherSection}. */
export const pageSections: readonly SectionPlan[] = [
  { name: 'title', heading: 'At a glance', fields: ['name', 'headline', 'icon', 'banner', 'shortDescription'] },
  { name: 'gallery', heading: 'Screenshots and videos', fields: ['screenshots', 'videos'] },
  { name: 'description', heading: 'Description', fields: ['longDescription', 'productVersion'] },
  { name: 'services', heading: 'What is offered', fields: ['offered', 'geography', 'trainedPeople'] },
  { name: 'pricing', heading: 'Pricing and terms', fields: ['pricing', 'termsOfUse', 'demoUrl'] },
  {
    name: 'requirements',
    heading: 'Requirements',
    fields: ['systemRequirements', 'contentLanguage', 'supportedLanguages', 'markets'],
  },
  { name: 'support', heading: 'Support', fields: ['supportContacts', 'supportLinks'] },
  { name: 'documents', heading: 'Related documents', fields: ['documents'] },
  { name: 'discovery', heading: 'How it is found', fields: ['categories', 'keywords'] },
]

/** Where fields of a marketplace's own schemas are shown. */
export const otherSection = { name: 'more', heading: 'More' }
